// Where things stand: tasks and files of this visitor, kept up to date by one stream of events.
import { api, Refused } from './api';
import type { Forms, Made, Offers, Sent, Settings, Task } from './types';

type Told = {
  kind: string;
  task?: string | Task;
  file?: string | Sent;
  made?: Made;
  failed?: { name: string; why: string };
  text?: string;
  done?: number;
  total?: number;
};

class Live {
  tasks = $state<Record<string, Task>>({});
  files = $state<Record<string, Sent>>({});
  forms = $state<Forms | null>(null);
  offers = $state<Offers>({});
  connected = $state(false);
  notice = $state('');
  private waiting = new Map<string, ((task: Task) => void)[]>();

  async start(): Promise<void> {
    await this.refresh();
    api.forms().then((forms) => {
      this.forms = forms;
    }, this.failed);
    this.reload();
  }

  /** Read everything anew and listen from there. */
  private async refresh(): Promise<void> {
    try {
      const state = await api.state();
      this.files = Object.fromEntries(state.files.map((one) => [one.id, one]));
      this.tasks = Object.fromEntries(state.tasks.map((one) => [one.id, one]));
      this.listen(state.last);
    } catch (error) {
      this.failed(error);
      setTimeout(() => this.refresh(), 2000);
    }
  }

  reload(): void {
    api.offers().then((offers) => {
      this.offers = offers;
    }, this.failed);
  }

  private listen(after: number): void {
    const stream = new EventSource(`api/events?after=${after}`);
    stream.onopen = () => {
      this.connected = true;
    };
    stream.onerror = () => {
      this.connected = false;
      if (stream.readyState === EventSource.CLOSED) setTimeout(() => this.refresh(), 1500);
    };
    stream.onmessage = (event) => {
      const told = JSON.parse(event.data) as Told;
      if (told.kind === 'reset') {
        stream.close();
        void this.refresh();
      } else this.apply(told);
    };
  }

  private apply(told: Told): void {
    if (told.kind === 'file') this.files[(told.file as Sent).id] = told.file as Sent;
    else if (told.kind === 'gone') delete this.files[told.file as string];
    else if (told.kind === 'dropped') delete this.tasks[told.task as string];
    else if (told.kind === 'task') this.moved(told.task as Task);
    else this.noted(told, this.tasks[told.task as string]);
  }

  private moved(task: Task): void {
    const known = this.tasks[task.id];
    if (known) Object.assign(known, task);
    else this.tasks[task.id] = { ...task, said: [], made: [], failed: [] };
    const here = this.tasks[task.id] as Task;
    if (here.state === 'queued' || here.state === 'running') return;
    for (const one of this.waiting.get(task.id) ?? []) one(here);
    this.waiting.delete(task.id);
    if (['train', 'resume', 'siamese'].includes(here.job)) this.reload();
  }

  private noted(told: Told, task: Task | undefined): void {
    if (!task) return;
    if (told.kind === 'progress') {
      task.done = told.done ?? 0;
      task.total = told.total ?? 0;
      task.text = told.text ?? '';
    } else if (told.kind === 'said') task.said.push(told.text ?? '');
    else if (told.kind === 'made' && told.made) task.made.push(told.made);
    else if (told.kind === 'failed' && told.failed) task.failed.push(told.failed);
  }

  /** Ask for a job; the task is there at once, as queued. Null when it was refused (`notice`). */
  async run(job: string, settings: Settings, lane = '', room = ''): Promise<Task | null> {
    try {
      const task = await api.run(job, settings, lane, room);
      if (!this.tasks[task.id]) this.tasks[task.id] = task;
      this.notice = '';
      return this.tasks[task.id] ?? null;
    } catch (error) {
      this.failed(error);
      return null;
    }
  }

  /** The task when it is over. */
  over(task: Task): Promise<Task> {
    const here = this.tasks[task.id];
    if (!here || !['queued', 'running'].includes(here.state)) return Promise.resolve(here ?? task);
    return new Promise((resolve) => {
      this.waiting.set(task.id, [...(this.waiting.get(task.id) ?? []), resolve]);
    });
  }

  async stop(task: Task): Promise<void> {
    await api.stop(task.id).catch(this.failed);
  }

  async forget(task: Task): Promise<void> {
    await api.drop(task.id).catch(this.failed);
  }

  async send(file: File, into = ''): Promise<Sent | null> {
    try {
      const name = into ? file.webkitRelativePath.split('/').slice(1).join('/') : file.name;
      const sent = await api.send(file, name || file.name, into);
      if (!into) this.files[sent.id] ??= sent;
      this.notice = '';
      return sent;
    } catch (error) {
      this.failed(error);
      return null;
    }
  }

  /** A folder as the browser hands it over, with the folders below it. */
  async sendFolder(files: File[], progress: (done: number) => void): Promise<Sent | null> {
    const name = files[0]?.webkitRelativePath.split('/')[0] ?? '';
    try {
      const folder = await api.folder(name);
      for (let i = 0; i < files.length; i += 6) {
        await Promise.all(files.slice(i, i + 6).map((file) => this.send(file, folder.id)));
        progress(Math.min(files.length, i + 6));
      }
      this.files[folder.id] = { ...folder, size: files.reduce((sum, one) => sum + one.size, 0) };
      return this.files[folder.id] ?? null;
    } catch (error) {
      this.failed(error);
      return null;
    }
  }

  failed = (error: unknown): void => {
    this.notice = error instanceof Refused ? error.message : String(error);
  };
}

export const live = new Live();

/** Requests of a slider: at most one is on its way, the newest is sent next, older ones never. */
export class Lane {
  private going = false;
  private next: { job: string; settings: Settings } | null = null;
  busy = $state(false);

  constructor(
    private name: string,
    private arrived: (task: Task) => Promise<void>,
  ) {}

  ask(job: string, settings: Settings): void {
    this.next = { job, settings };
    if (!this.going) void this.follow();
  }

  private async follow(): Promise<void> {
    this.going = true;
    this.busy = true;
    while (this.next) {
      const { job, settings } = this.next;
      this.next = null;
      const task = await live.run(job, settings, this.name, this.name);
      // taken in whole before the next is asked: of two that are fetched at once the older may end
      // last, and the page would show one network with the numbers of another
      if (task) await this.arrived(await live.over(task)).catch(reportError);
    }
    this.going = false;
    this.busy = false;
  }
}
