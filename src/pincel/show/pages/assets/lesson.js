// A lesson has one language; nothing moves in it.
