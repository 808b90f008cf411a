// Two keys that every room knows: Ctrl+Enter runs, Escape stops.
class Keys {
  run: (() => void) | null = null;
  stop: (() => void) | null = null;

  listen = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && this.run) {
      event.preventDefault();
      const typing = document.activeElement as HTMLElement | null;
      typing?.blur(); // what is being typed counts
      typing?.focus();
      this.run();
    } else if (event.key === 'Escape' && this.stop) this.stop();
  };
}

export const keys = new Keys();
