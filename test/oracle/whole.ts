/** A question whose answer comes on one page. */
export type Whole<Question> = Omit<Question, 'first' | 'after'>;
