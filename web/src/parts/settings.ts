import type { JobForm, Settings, Value } from './types';

/** What a form begins with. */
export function beginning(job: JobForm): Settings {
  const values: Settings = {};
  for (const one of job.fields)
    values[one.name] = one.several ? ((one.default as Value) ?? []) : one.default;
  return values;
}

/** What was changed: the rest is the job's own business. */
export function told(job: JobForm, values: Settings): Settings {
  const sent: Settings = {};
  for (const one of job.fields) {
    const value = values[one.name];
    const empty =
      value === null ||
      value === undefined ||
      value === '' ||
      (Array.isArray(value) && !value.length);
    if (empty && !one.required) continue;
    if (JSON.stringify(value) === JSON.stringify(one.default)) continue;
    if (empty) continue;
    sent[one.name] = value as Value;
  }
  return sent;
}
