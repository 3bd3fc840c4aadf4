// What this browser remembers, or with `session` this tab. Storage may be forbidden: then nothing is remembered, and nothing fails.
const storage = (session) => (session ? sessionStorage : localStorage);

export const recall = (name, { session = false } = {}) => {
  try {
    return JSON.parse(storage(session).getItem(name));
  } catch {
    return null;
  }
};

export const remember = (name, value, { session = false } = {}) => {
  try {
    storage(session).setItem(name, JSON.stringify(value));
  } catch {
    return;
  }
};
