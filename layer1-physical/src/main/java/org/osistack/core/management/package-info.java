/**
 * Layer management (X.700): what people and programs may ask a layer beyond its service to the layer above, in words that
 * every layer understands. An open stack is asked for it by {@link org.osistack.core.Stack#management}.
 */
package org.osistack.core.management;
