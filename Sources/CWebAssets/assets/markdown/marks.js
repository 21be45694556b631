// What the beginning of a line may be the mark of.

import { unescaped } from "./text.js";

const heading = /^(#{1,6})(?:[ \t]|$)/;
const underline = /^(=+|-+)[ \t]*$/;
const fence = /^(?:(`{3,})([^`]*)|(~{3,})(.*))$/;
const rule = /^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/;
const marker = /^(?:([*+-])|([0-9]{1,9})([.)]))(?=[ \t]|$)/;

// `## Text ##`: {level, text}.
export function headingOf(content) {
  const match = heading.exec(content);
  if (!match) return undefined;
  const level = match[1].length;
  const text = content.slice(level).trim().replace(/(^|[ \t])#+$/, "").trimEnd();
  return { level, text };
}

// The level of the heading that a line makes of the lines above it.
export function underlineLevel(content) {
  const match = underline.exec(content);
  return match && (match[1][0] === "=" ? 1 : 2);
}

// The beginning of a block of code: {fence, language}.
export function fenceOf(content) {
  const match = fence.exec(content);
  if (!match) return undefined;
  const [, ticks, ticksWords, tildes, tildesWords] = match;
  const [language] = (ticksWords ?? tildesWords).trim().split(/[ \t]/, 1);
  return { fence: ticks ?? tildes, language: unescaped(language) };
}

// Whether a line ends the block of code that `fence` began: it is as long, or longer.
export function endsFence(content, fence) {
  const end = content.trimEnd();
  if (!end.startsWith(fence)) return false;
  for (const character of end) if (character !== fence[0]) return false;
  return true;
}

export function isRule(content) {
  return rule.test(content);
}

// The mark of a list's item: {mark, kind, number?}. Items of one kind make one list.
export function markerOf(content) {
  const match = marker.exec(content);
  if (!match) return undefined;
  const [mark, bullet, digits, delimiter] = match;
  return { mark, kind: bullet ?? delimiter, number: digits && Number(digits) };
}
