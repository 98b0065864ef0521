import { describeVisibleAtOnce } from './visible-at-once-suite.js';
import { startWholeService } from './whole-service.js';

describeVisibleAtOnce('with the index on the embedded store', () => startWholeService());
