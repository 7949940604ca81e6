/**
 * What may be asked of a layer besides its service (layer management, X.700): addresses, echoes. A layer's entity, or
 * its provider, implements what it has; {@link org.osistack.core.Stack#management} finds it, so that a command can
 * reach any layer without knowing its module.
 */
package org.osistack.core.management;
