import { describeLaws } from '../../laws/laws-suite.js';
import { makeIndexEngine } from './make-index-engine.js';

describeLaws('the index', makeIndexEngine);
