export { record, recordOnce } from '../audit.ts'
