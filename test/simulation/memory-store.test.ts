import { storeContract } from '../store/store-contract.js';
import { memoryStore } from './memory-store.js';

storeContract('The store of the simulation', () => {
  const store = memoryStore(Date.now);
  return Promise.resolve({ store, another: () => Promise.resolve(store), close: () => store.close() });
});
