// What this browser remembers. Storage may be forbidden: then nothing is remembered, and nothing fails.
export const recall = (name) => {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
};

export const remember = (name, value) => {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    return;
  }
};
