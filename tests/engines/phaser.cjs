// What Phaser makes of a sheet's JSON: node phaser.cjs sheet.json [atlas]
// Its own TextureManager parses the frames, its own createFromAseprite the animations.
"use strict";

require("./browser.cjs");
const fs = require("fs");
const Phaser = require("phaser");

const told = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const events = new Phaser.Events.EventEmitter();
const cache = { json: new Phaser.Cache.BaseCache() };
const game = { events, cache, config: {}, renderer: null };
game.textures = new Phaser.Textures.TextureManager(game);
game.anims = new Phaser.Animations.AnimationManager(game);
game.anims.textureManager = game.textures;
console.warn = (text) => { throw new Error(text); };

const image = { width: told.meta.size.w, height: told.meta.size.h };
cache.json.add("sheet", told);
const texture = game.textures.addAtlas("sheet", image, told);
const made = process.argv[3] === "atlas" ? [] : game.anims.createFromAseprite("sheet");

const place = (frame) => ({
  x: frame.cutX,
  y: frame.cutY,
  w: frame.cutWidth,
  h: frame.cutHeight,
  left: frame.x,
  top: frame.y,
  wide: frame.realWidth,
  high: frame.realHeight,
});
const frames = {};
for (const name of texture.getFrameNames()) frames[name] = place(texture.get(name));
const animations = made.map((animation) => ({
  key: animation.key,
  yoyo: animation.yoyo,
  frames: animation.frames.map((one) => ({ name: one.textureFrame, duration: one.duration })),
}));
process.stdout.write(JSON.stringify({ version: Phaser.VERSION, frames, animations }));
