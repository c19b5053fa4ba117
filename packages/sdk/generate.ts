import openapiTypescript, { astToString } from 'openapi-typescript';
import ts from 'typescript';

const FILE = ts.factory.createTypeReferenceNode('Blob');

/** The types of an OpenAPI document. Lives here because the generator needs a TypeScript of its own, older than the repository's. */
export async function generateTypes(document: object): Promise<string> {
  return astToString(await openapiTypescript(document as never, { alphabetize: true, emptyObjectsUnknown: true, defaultNonNullable: false, transform: (schema) => (schema.format === 'binary' ? FILE : undefined) }));
}
