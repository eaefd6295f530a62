import { randomUUID } from 'node:crypto';
import { createConnection } from 'mongoose';
import { openMongoStore } from '../../src/store/mongo-store.js';
import { storeContract } from './store-contract.js';

const url = process.env['MONGODB_URI'];

const NOT_TESTED = 'MongoDB: NOT TESTED. Start a server with `.ci/mongodb-server.sh`, then run `MONGODB_URI=mongodb://… npx jest test/store`.';

if (url === undefined) {
  console.warn(NOT_TESTED);
  test.skip(NOT_TESTED, () => undefined);
} else {
  storeContract('MongoDB', async () => {
    const database = `tieout-test-${randomUUID()}`;
    const store = await openMongoStore(url, { database });
    return {
      store,
      another: () => openMongoStore(url, { database }),
      close: async () => {
        await store.close();
        const connection = await createConnection(url, { dbName: database }).asPromise();
        await connection.dropDatabase();
        await connection.close();
      },
    };
  });
}
