package org.osistack.application.facade;

import java.time.Duration;
import org.osistack.core.management.SessionStatus;

/**
 * A session of a running system, as its operator sees it.
 *
 * @param status what layer 5 knows of it
 * @param user who has proved to be its peer's user; empty if nobody had to
 * @param peer the peer as the association knows it, with its title; its session address if there is no association
 * @param age since it began
 * @param idle since either side has said something; null if that is not noted
 */
public record OpenSession(SessionStatus status, String user, String peer, Duration age, Duration idle) {}
