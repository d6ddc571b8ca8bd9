import { line } from './fields.js';
import { must } from './must.js';
import { findPersonalPatterns } from './personalText.js';

/** Number of a paper, such as a receipt: stored in the clear, so a resident or phone number is not taken for one. */
export const documentNumber = () =>
  line(60).refine(
    text => findPersonalPatterns(text).length === 0,
    must('不能是身份号码或电话号码', 'must not be a resident or phone number'),
  );
