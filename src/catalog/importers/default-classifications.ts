import aws from './classes/aws.json' with { type: 'json' };
import { type Classification, classificationSchema } from './classification.js';

/** What each platform's permissions are taken for where the import brings no classification of its own. */
export const AWS_CLASSES: Classification = classificationSchema.parse(aws);
