// What a person looks at stays where it is on the screen, whatever is put in above it.
const ROWS = "#main [data-row][id], #main section[id]";

// Remembers where a row is, or else the first that is in view; what it returns brings it back there.
export const anchored = (row = null) => {
  const one = row ?? [...document.querySelectorAll(ROWS)].find((other) => other.getBoundingClientRect().top >= 0);
  const before = one?.getBoundingClientRect().top;
  return () => {
    const again = one && document.getElementById(one.id);
    if (again) scrollBy(0, again.getBoundingClientRect().top - before);
  };
};
