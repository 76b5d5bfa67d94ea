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
