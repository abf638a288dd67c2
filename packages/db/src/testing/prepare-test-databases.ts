import { prepareDataFolder } from './embedded-test-database.ts';
import { prepareTemplate } from './server-test-database.ts';

/** Runs once before all tests: what every test file copies is made here, not by the first few of them at once. */
export default async function setup(): Promise<void> {
  await prepareDataFolder();
  const serverUrl = process.env['TEST_DATABASE_URL'];
  if (serverUrl) {
    await prepareTemplate(serverUrl);
  }
}
