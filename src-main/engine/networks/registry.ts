/** @file Every network by its name. */
import type { NetworkRequest } from '../../../src-shared/model/network-request'
import type { Network } from './network'
import { vgg } from './vgg'

export function networkOf({ name, classes }: Pick<NetworkRequest, 'name' | 'classes'>): Network {
  return vgg(name, { classes })
}
