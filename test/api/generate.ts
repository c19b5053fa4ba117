import { problemsPage } from '../../apps/server/src/main/catalogue.ts';
import { apiDocument } from '../../apps/server/src/main/api-document.ts';
import { generateTypes } from '../../packages/sdk/generate.ts';

/** Files made from the descriptions of the API, by their paths from the root. */
export async function generated(): Promise<Readonly<Record<string, string>>> {
  return {
    'packages/sdk/src/schema.ts': `// Made by \`npm run api\` from the descriptions in packages/contracts/src/api. Changes here are lost.\n${await generateTypes(apiDocument())}`,
    'docs/problems.md': problemsPage(),
  };
}
