// Before the first paint: the theme this browser chose, or else the system's.
try {
  const theme = localStorage.getItem("natrium-theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; then the system's theme stands.
}
