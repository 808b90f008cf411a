"""Things in pictures: boxes and masks, how they are read, taught and measured. Needs no torch but
where a batch is made."""
