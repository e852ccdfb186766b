import { reachablePort, vulnerableFunction } from '../other-services.ts';

export const examples = [vulnerableFunction(), reachablePort()];
