import { createArtMedia } from './art-media.ts';
import { escapeXml } from './escape-xml.ts';
import type { PptFile } from './ppt-file.ts';
import type { PptPart } from './ppt-shapes.ts';
import type { PptSlide } from './ppt-slides.ts';
import { type PptText, pptTextKinds } from './ppt-texts.ts';

const packageNamespace = 'http://schemas.openxmlformats.org/package/2006';
const officeNamespace = 'http://schemas.openxmlformats.org/officeDocument/2006';
const namespaces = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="${officeNamespace}/relationships"`;

/** What a presentation of today holds, part by part, made of an old one: what its slides say and show, nothing of how they look. */
export function pptPackage(
  ppt: PptFile,
  slides: Iterable<PptSlide>,
  addresses: ReadonlyMap<number, string>,
): Record<string, string | Uint8Array> {
  const parts: Record<string, string> = {};
  const targets: string[] = [];
  const media = createArtMedia(ppt.pictureBytes);
  const pathOf = (number: number) => ppt.damage.attempt(() => media.add(String(number), () => ppt.pictureOf(number)));
  for (const slide of slides) {
    const number = targets.length + 1;
    targets.push(relationXml(`s${number}`, 'slide', `slides/slide${number}.xml`));
    Object.assign(parts, slideParts(slide, number, { addresses, pathOf }));
  }
  const list = targets.map((_, index) => `<p:sldId id="${256 + index}" r:id="s${index + 1}"/>`).join('');
  return {
    'ppt/presentation.xml': `<p:presentation ${namespaces}><p:sldIdLst>${list}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relationsXml(targets),
    ...parts,
    ...Object.fromEntries([...media.files].map(([path, bytes]) => [`ppt/${path}`, bytes])),
  };
}

interface Targets {
  addresses: ReadonlyMap<number, string>;
  /** Where in the package a picture is. */
  pathOf: (number: number) => string | undefined;
}

function slideParts(slide: PptSlide, number: number, { addresses, pathOf }: Targets): Record<string, string> {
  const parts: Record<string, string> = {};
  const relations = listLinks(slide.parts).flatMap((id) => {
    const address = addresses.get(id);
    return address === undefined ? [] : relationXml(`h${id}`, 'hyperlink', address, ' TargetMode="External"');
  });
  for (const picture of new Set(slide.parts.map((part) => (part.type === 'picture' ? part.number : 0)))) {
    const path = picture === 0 ? undefined : pathOf(picture);
    if (path !== undefined) relations.push(relationXml(`p${picture}`, 'image', `../${path}`));
  }
  if (slide.notes.length > 0) {
    parts[`ppt/notesSlides/notesSlide${number}.xml`] = pageXml('notes', slide.notes.map(plainPartXml));
    relations.push(relationXml('notes', 'notesSlide', `../notesSlides/notesSlide${number}.xml`));
  }
  if (slide.comments.length > 0) {
    const texts = slide.comments.map(
      (text) => `<p:cm><p:text>${escapeXml(text.replaceAll('\r', '\n'))}</p:text></p:cm>`,
    );
    parts[`ppt/comments/comment${number}.xml`] = `<p:cmLst ${namespaces}>${texts.join('')}</p:cmLst>`;
    relations.push(relationXml('comments', 'comments', `../comments/comment${number}.xml`));
  }
  // The first title is that of the slide; others are texts of it.
  const title = slide.parts.find(isTitle);
  const shapes = slide.parts.map((part) => (part === title ? shapeXml(part.text, 'title') : plainPartXml(part)));
  parts[`ppt/slides/slide${number}.xml`] = pageXml('sld', shapes);
  parts[`ppt/slides/_rels/slide${number}.xml.rels`] = relationsXml(relations);
  return parts;
}

function isTitle(part: PptPart): part is PptPart & { type: 'text' } {
  const { title, centredTitle } = pptTextKinds;
  return part.type === 'text' && [title, centredTitle].includes(part.text.kind) && part.text.text.trim() !== '';
}

function listLinks(parts: readonly PptPart[]): number[] {
  const texts = parts.flatMap((part) => {
    if (part.type === 'text') return part.text;
    return part.type === 'table' ? part.rows.flat().filter((text) => text !== undefined) : [];
  });
  return [...new Set(texts.flatMap(({ links }) => links.map(({ id }) => id)))];
}

const bodyKinds = new Set([pptTextKinds.body, pptTextKinds.halfBody, pptTextKinds.quarterBody]);

function plainPartXml(part: PptPart): string {
  if (part.type === 'text') return shapeXml(part.text, bodyKinds.has(part.text.kind) ? 'body' : undefined);
  if (part.type === 'picture') return pictureXml(part);
  const cell = (text: PptText | undefined) =>
    `<a:tc><a:txBody>${text === undefined ? '' : paragraphsXml(text)}</a:txBody></a:tc>`;
  const rows = part.rows.map((row) => `<a:tr>${row.map(cell).join('')}</a:tr>`).join('');
  return `<p:graphicFrame><a:graphic><a:graphicData><a:tbl>${rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;
}

function pictureXml({ description, number, size }: PptPart & { type: 'picture' }): string {
  const properties = `<p:nvPicPr><p:cNvPr id="1" name="" descr="${escapeXml(description)}"/></p:nvPicPr>`;
  const extent = size === undefined ? '' : `<a:ext cx="${Math.round(size.width)}" cy="${Math.round(size.height)}"/>`;
  const shown = number === 0 ? '' : `<p:blipFill><a:blip r:embed="p${number}"/></p:blipFill>`;
  return `<p:pic>${properties}${shown}<p:spPr><a:xfrm>${extent}</a:xfrm></p:spPr></p:pic>`;
}

function shapeXml(text: PptText, placeholder: string | undefined): string {
  const role = placeholder === undefined ? '' : `<p:nvSpPr><p:nvPr><p:ph type="${placeholder}"/></p:nvPr></p:nvSpPr>`;
  return `<p:sp>${role}<p:txBody>${paragraphsXml(text)}</p:txBody></p:sp>`;
}

function paragraphsXml({ text, links }: PptText): string {
  let xml = '';
  let at = 0;
  const add = (end: number, properties: string) => {
    for (const [index, paragraph] of text.slice(at, end).split('\r').entries()) {
      if (index > 0) xml += '</a:p><a:p>';
      const runs = paragraph
        .split('\v')
        .map((line) => (line === '' ? '' : `<a:r>${properties}<a:t>${escapeXml(line)}</a:t></a:r>`));
      xml += runs.join('<a:br/>');
    }
    at = Math.max(at, end);
  };
  for (const { start, end, id } of links) {
    if (start < at || end <= start) continue;
    add(start, '');
    add(end, `<a:rPr><a:hlinkClick r:id="h${id}"/></a:rPr>`);
  }
  add(text.length, '');
  return `<a:p>${xml}</a:p>`;
}

function pageXml(element: 'sld' | 'notes', shapes: readonly string[]): string {
  return `<p:${element} ${namespaces}><p:cSld><p:spTree>${shapes.join('')}</p:spTree></p:cSld></p:${element}>`;
}

function relationXml(id: string, type: string, target: string, mode = ''): string {
  return `<Relationship Id="${id}" Type="${officeNamespace}/relationships/${type}" Target="${escapeXml(target)}"${mode}/>`;
}

function relationsXml(relations: readonly string[]): string {
  return `<Relationships xmlns="${packageNamespace}/relationships">${relations.join('')}</Relationships>`;
}
