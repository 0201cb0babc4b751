import type { Entity, EntityColumn, EntityDiagram, Relationship } from "../commands/erd.ts";

const [ROW, PADDING, GAP_X, GAP_Y, MARGIN] = [20, 10, 90, 30, 20];
/** The advance of a character of a monospaced font, as a part of its size: 12 px. */
const CHARACTER = 7.25;

interface Box {
  readonly entity: Entity;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The tables as a picture: what is referenced stands left of what references it. Follows the viewer's light or dark mode. */
export function entitySvg({ entities, relationships }: EntityDiagram): string {
  const boxes = laidOut(entities, relationships);
  const [width, height] = [extent(boxes, (box) => box.x + box.width), extent(boxes, (box) => box.y + box.height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Tables and their foreign keys">`,
    STYLE,
    ...relationships.map((relationship) => lineOf(relationship, boxes)),
    ...[...boxes.values()].map(boxOf),
    "</svg>",
  ].join("\n");
}

const STYLE = `<style>
  svg { font: 12px ui-monospace, monospace; color-scheme: light dark; background: light-dark(#fff, #16181d); }
  text { fill: light-dark(#1f2328, #e6e8eb); } .type { fill: light-dark(#6a737d, #9aa4af); } .key { font-weight: 600; }
  rect { fill: light-dark(#fff, #1d2026); stroke: light-dark(#8c959f, #5b6470); } .head { fill: light-dark(#eef1f4, #2a2f37); }
  path { fill: none; stroke: light-dark(#57606a, #9aa4af); } circle { fill: light-dark(#57606a, #9aa4af); }
</style>`;

function extent(boxes: ReadonlyMap<string, Box>, edge: (box: Box) => number): number {
  return Math.ceil(Math.max(0, ...[...boxes.values()].map(edge)) + MARGIN);
}

/** A column of boxes for each layer; in it, each stands as near as it can to what it references. */
function laidOut(entities: readonly Entity[], relationships: readonly Relationship[]): Map<string, Box> {
  const layers = layersOf(entities, relationships);
  const boxes = new Map<string, Box>();
  let x = MARGIN;
  for (const layer of layers) {
    const wish = (entity: Entity): number => {
      const above = relationships.flatMap(({ from, to }) => (from === entity.name ? (boxes.get(to) ?? []) : []));
      return above.length === 0 ? 0 : above.reduce((sum, box) => sum + box.y, 0) / above.length;
    };
    const width = Math.max(...layer.map(widthOf));
    let y = MARGIN;
    for (const entity of layer.toSorted((a, b) => wish(a) - wish(b) || (a.name < b.name ? -1 : 1))) {
      const height = ROW * (entity.columns.length + 1) + PADDING;
      boxes.set(entity.name, { entity, x, y, width, height });
      y += height + GAP_Y;
    }
    x += width + GAP_X;
  }
  return boxes;
}

/** Each entity one layer above the highest that it references; a circle of references is cut where it closes. */
function layersOf(entities: readonly Entity[], relationships: readonly Relationship[]): Entity[][] {
  const depths = new Map<string, number>();
  const depthOf = (name: string, path: ReadonlySet<string>): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    const below = relationships.filter(({ from, to }) => from === name && to !== name && !path.has(to));
    const depth = Math.max(-1, ...below.map(({ to }) => depthOf(to, new Set([...path, name])))) + 1;
    depths.set(name, depth);
    return depth;
  };
  const layers: Entity[][] = [];
  for (const entity of entities) (layers[depthOf(entity.name, new Set([entity.name]))] ??= []).push(entity);
  return layers.filter((layer) => layer !== undefined);
}

function widthOf({ name, columns }: Entity): number {
  const [names, types] = [
    Math.max(0, ...columns.map(nameWidth)),
    Math.max(0, ...columns.map((column) => column.type.length)),
  ];
  return Math.ceil(Math.max(name.length, names + types + 2) * CHARACTER) + 2 * PADDING;
}

function nameWidth(column: EntityColumn): number {
  return label(column).length;
}

function label({ name, isPrimary, isForeign, nullable }: EntityColumn): string {
  const keys = [isPrimary && "PK", isForeign && "FK"].filter((key) => key !== false).join(" ");
  return `${name}${nullable ? "?" : ""}${keys === "" ? "" : ` ${keys}`}`;
}

function boxOf({ entity, x, y, width, height }: Box): string {
  const right = x + width - PADDING;
  const rows = entity.columns.map((column, index) => {
    const line = y + ROW * (index + 2) - 2;
    const isKey = column.isPrimary ? ' class="key"' : "";
    return `  <text x="${x + PADDING}" y="${line}"${isKey}>${escaped(label(column))}</text><text x="${right}" y="${line}" text-anchor="end" class="type">${escaped(column.type)}</text>`;
  });
  return [
    `<g><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/><rect x="${x}" y="${y}" width="${width}" height="${ROW + 2}" rx="4" class="head"/>`,
    `  <text x="${x + PADDING}" y="${y + 15}" class="key">${escaped(entity.name)}</text>`,
    ...rows,
    "</g>",
  ].join("\n");
}

/** From the column that points to the column that it points to, with a dot at the end that points. */
function lineOf({ from, to, columns, referencedColumns, name }: Relationship, boxes: ReadonlyMap<string, Box>): string {
  const [source, target] = [boxes.get(from)!, boxes.get(to)!];
  const [y1, y2] = [rowOf(source, columns[0]), rowOf(target, referencedColumns[0])];
  const isBeside = target.x < source.x;
  const x1 = isBeside ? source.x : source.x + source.width;
  const x2 = target.x + target.width;
  const bend = isBeside ? Math.max(30, (x1 - x2) / 2) : -30;
  return `<g><title>${escaped(name)}</title><path d="M${x1} ${y1} C${x1 - bend} ${y1} ${x2 + Math.abs(bend)} ${y2} ${x2} ${y2}"/><circle cx="${x1}" cy="${y1}" r="3"/></g>`;
}

function rowOf({ entity, y }: Box, column: string | undefined): number {
  return y + ROW * (entity.columns.findIndex(({ name }) => name === column) + 1) + 14;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
