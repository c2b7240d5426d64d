import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

afterEach(cleanup);

/** jsdom has no media queries. */
vi.stubGlobal('matchMedia', () => Object.assign(new EventTarget(), { matches: false }));
