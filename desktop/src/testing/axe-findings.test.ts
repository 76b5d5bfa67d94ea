import { expect, test } from 'vitest';
import { axeFindings } from './axe-findings.ts';

const guard = { html: '<span aria-hidden="true" tabindex="0" data-base-ui-focus-guard="" style="border: 0px">' };
const button = { html: '<button aria-hidden="true" title="data-base-ui-focus-guard=">' };

test('the guards of an open menu may be hidden and focusable; nothing else may', () => {
  expect(axeFindings([{ id: 'aria-hidden-focus', nodes: [guard, guard] }])).toEqual([]);
  expect(axeFindings([{ id: 'aria-hidden-focus', nodes: [guard, button] }])).toEqual([
    `aria-hidden-focus: ${button.html}`,
  ]);
});

test('every other rule is asked of the guards, too', () => {
  expect(axeFindings([{ id: 'color-contrast', nodes: [guard] }])).toEqual([`color-contrast: ${guard.html}`]);
});

test('a link to another page is no link to a place on this one; every other link is looked at', () => {
  const page = { html: '<a class="link" href="/#/stack">' };
  const place = { html: '<a class="link" href="#content">' };
  expect(axeFindings([{ id: 'skip-link', nodes: [page] }])).toEqual([]);
  expect(axeFindings([{ id: 'skip-link', nodes: [page, place] }])).toEqual([`skip-link: ${place.html}`]);
  expect(axeFindings([{ id: 'link-name', nodes: [page] }])).toEqual([`link-name: ${page.html}`]);
});
