// What PixiJS makes of a sheet's JSON: node pixi.cjs sheet.json
// Its own asset parser finds the picture, its own Spritesheet the textures and animations.
"use strict";

require("./browser.cjs");
const fs = require("fs");
const PIXI = require("pixi.js");

async function main() {
  const told = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
  const asked = [];
  const loader = {
    load: async (sources) => {
      const textures = {};
      for (const one of [sources].flat()) {
        const src = one.src ?? one;
        asked.push(src);
        const source = new PIXI.TextureSource({ width: told.meta.size.w, height: told.meta.size.h });
        textures[src] = new PIXI.Texture({ source });
      }
      return textures;
    },
  };
  const options = { src: "game/sheet.json", data: {} };
  const parser = PIXI.spritesheetAsset.loader;
  if (!(await parser.testParse(told, options))) throw new Error("no sheet for PixiJS");
  const sheet = await parser.parse(told, options, loader);
  const frames = {};
  for (const [name, { frame, orig, trim }] of Object.entries(sheet.textures)) {
    frames[name] = {
      ...{ x: frame.x, y: frame.y, w: frame.width, h: frame.height },
      ...{ left: trim?.x ?? 0, top: trim?.y ?? 0, wide: orig.width, high: orig.height },
    };
  }
  const names = (textures) => textures.map((texture) => texture?.label ?? null);
  const animations = {};
  for (const [key, textures] of Object.entries(sheet.animations)) animations[key] = names(textures);
  process.stdout.write(JSON.stringify({ version: PIXI.VERSION, asked, frames, animations }));
}

main();
