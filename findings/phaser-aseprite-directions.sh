#!/usr/bin/env bash
# Phaser 4.2.1, anims.createFromAseprite. Aseprite (1.3 and newer) writes a tag's direction as forward,
# reverse, pingpong or pingpong_reverse, and how often it is played as a text: "repeat": "3". Phaser
# knows the first three directions: pingpong_reverse becomes a plain forward run that starts at the
# wrong end and does not come back; and it reads no repeat, so a "once" or "three times" plays once
# (its own default), whatever was drawn. Whoever exports must write the frames out.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit phaser@4.2.1
cat > look.cjs <<'JS'
// as much of a browser as Phaser looks at while it is loaded
const nothing = () => {};
const pixels = () => ({ data: [0, 0, 0, 0] });
const context = { fillRect: nothing, clearRect: nothing, drawImage: nothing, putImageData: nothing, getImageData: pixels, createImageData: pixels };
const element = () => ({ style: {}, getContext: () => context, addEventListener: nothing, removeEventListener: nothing, appendChild: nothing, canPlayType: () => '' });
const browser = {
  window: globalThis, self: globalThis, addEventListener: nothing,
  navigator: { userAgent: 'node', platform: 'node', vendor: '', appVersion: '' },
  document: { readyState: 'loading', createElement: element, createElementNS: element, addEventListener: nothing, removeEventListener: nothing, body: element(), documentElement: element() },
  screen: { width: 800, height: 600 }, location: { protocol: 'http:', hostname: 'localhost' },
  Image: class {}, HTMLElement: class {}, HTMLCanvasElement: class {}, HTMLVideoElement: class {},
};
for (const [name, value] of Object.entries(browser)) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
const Phaser = require('phaser');
const frames = [0, 1, 2].map((n) => ({ filename: String(n), frame: { x: n, y: 0, w: 1, h: 1 }, duration: 100 }));
const tag = (name, more) => ({ name, from: 0, to: 2, ...more });
const told = { frames, meta: { frameTags: [
  tag('forward thrice', { direction: 'forward', repeat: '3' }),
  tag('ping', { direction: 'pingpong' }),
  tag('pong', { direction: 'pingpong_reverse' }),
] } };
const game = { events: new Phaser.Events.EventEmitter(), cache: { json: new Phaser.Cache.BaseCache() }, config: {}, renderer: null };
game.textures = new Phaser.Textures.TextureManager(game);
const manager = new Phaser.Animations.AnimationManager(game);
manager.textureManager = game.textures;
game.cache.json.add('sheet', told);
game.textures.addAtlas('sheet', { width: 3, height: 1 }, told);
for (const made of manager.createFromAseprite('sheet')) {
  console.log(made.key, 'repeat', made.repeat, 'yoyo', made.yoyo, made.frames.map((one) => one.textureFrame).join(''));
}
JS
seen=$(node look.cjs)
echo "$seen"
echo "expected: the first with repeat 2 (three times in all), the last as 210 with yoyo true"
[ "$seen" = "forward thrice repeat 0 yoyo false 012
ping repeat 0 yoyo true 012
pong repeat 0 yoyo false 012" ] || { echo "this has changed"; exit 1; }
