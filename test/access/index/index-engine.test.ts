import { describeAccessEngine } from '../access-engine-suite.js';
import { makeIndexEngine } from './make-index-engine.js';

describeAccessEngine('the index', makeIndexEngine);
