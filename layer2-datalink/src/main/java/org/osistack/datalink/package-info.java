/** The data link service (X.212), connectionless mode: SDUs between the stations of one link. */
package org.osistack.datalink;
