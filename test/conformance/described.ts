import { loadDescriptions, type Descriptions } from './openapi.js';

/** Folder with the vendors' OpenAPI files, which are theirs and therefore not part of this repository: docs/vendor-assumptions.md says where from. */
const folder = process.env.OPENAPI_DIR ?? '';

export const filesAreHere = folder !== '';

/** Runs where OPENAPI_DIR is set; elsewhere it is skipped, and says so. */
export const describeWithFiles: jest.Describe = filesAreHere ? describe : describe.skip;
if (!filesAreHere) console.warn('CONFORMANCE NOT CHECKED: set OPENAPI_DIR to the folder with the vendors\' OpenAPI files to check it.');

export function descriptions(): Descriptions {
  if (!filesAreHere) throw new Error('Set OPENAPI_DIR to the folder with clio-v4.json, xero-accounting.yaml, xero-identity.yaml and xero-webhooks.yaml.');
  return loadDescriptions(folder);
}
