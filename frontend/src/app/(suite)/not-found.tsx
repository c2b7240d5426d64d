/** Inside of the page, which has its frame around it. */
export { NothingHere as default } from '@/components/nothing-here';
