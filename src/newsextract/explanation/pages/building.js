"use strict";
// Elements are built one by one, so that text stays text whatever stands in it.
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

function percent(share) {
  const isNearAnEnd = (share > 0 && share < 0.005) || (share > 0.995 && share < 1);
  return share === null ? "–" : `${(100 * share).toFixed(isNearAnEnd ? 1 : 0)}\u00a0%`;
}

function read() {
  return JSON.parse(document.getElementById("data").textContent);
}
