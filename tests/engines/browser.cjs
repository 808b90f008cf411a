// As much of a browser as Phaser and PixiJS look at while they are loaded; nothing is drawn.
"use strict";

const nothing = () => {};
const pixels = () => ({ data: [0, 0, 0, 0] });
const context = { fillRect: nothing, clearRect: nothing, drawImage: nothing, putImageData: nothing };
const element = () => ({
  style: {},
  getContext: () => ({ ...context, getImageData: pixels, createImageData: pixels }),
  addEventListener: nothing,
  removeEventListener: nothing,
  appendChild: nothing,
  canPlayType: () => "",
});
const browser = {
  window: globalThis,
  self: globalThis,
  navigator: { userAgent: "node", platform: "node", vendor: "", appVersion: "" },
  document: {
    readyState: "loading",
    createElement: element,
    createElementNS: element,
    addEventListener: nothing,
    removeEventListener: nothing,
    body: element(),
    documentElement: element(),
  },
  screen: { width: 800, height: 600 },
  location: { protocol: "http:", hostname: "localhost" },
  addEventListener: nothing,
  Image: class {},
  HTMLElement: class {},
  HTMLCanvasElement: class {},
  HTMLVideoElement: class {},
};
for (const [name, value] of Object.entries(browser)) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
