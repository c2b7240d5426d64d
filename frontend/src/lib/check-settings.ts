/** Wrong settings end the server at its start, with a line for each. */
import { settings } from './settings';

try {
  settings();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
