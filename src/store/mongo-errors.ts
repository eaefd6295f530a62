import { mongo } from 'mongoose';

const DUPLICATE_KEY = 11000;

export const isDuplicate = (error: unknown): boolean => error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;
