/** Instead of a value that is not shown. */
export const mask = '•••';
