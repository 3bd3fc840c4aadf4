// Changes of a workflow are sent one after the other, so that quick hands never see an older panel over a newer one.
let last = Promise.resolve();

// What asks must outlive the swap: the region of the toasts does. `panel` is the id of the workflow's.
export const send = (url, values, panel) => {
  const source = document.getElementById("toasts");
  const csrfmiddlewaretoken = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  const request = { source, target: `#${panel}`, swap: "outerHTML", values: { csrfmiddlewaretoken, ...values } };
  last = last.then(() => window.htmx.ajax("POST", url, request)).catch(() => null);
  return last;
};
