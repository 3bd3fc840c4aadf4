// The number beside the bell, as an answer's header says it.
export const count = (unread) => {
  if (!unread) return;
  for (const place of document.querySelectorAll("[data-unread]")) {
    place.firstChild.data = unread;
    place.hidden = unread === "0";
  }
};
