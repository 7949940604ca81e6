/** The physical service (X.211): frames onto a medium and off it. */
package org.osistack.physical;
