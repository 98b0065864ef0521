/**
 * How much the kill test and the memory test do: the environment's `STORE_TEST_SCALE`, by default 1. At 10 they kill 360
 * times and load a million edges.
 */
export const storeTestScale = Number(process.env.STORE_TEST_SCALE ?? '1');
