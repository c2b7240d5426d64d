/** Not found, inside the suite's layout. */
export { NothingHere as default } from '@/components/nothing-here';
