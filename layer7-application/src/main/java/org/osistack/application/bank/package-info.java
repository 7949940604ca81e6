/**
 * A bank: operations on accounts, each done exactly once through every cut and crash of either side.
 *
 * <p>{@code Accounts} is the bank itself, in a durable store; {@code BankDesk} performs what others invoke, {@code
 * BankClient} invokes, and its {@code Journal} is what makes a request survive the client. What they say to each other is
 * in {@code BankOperation}, {@code Order} and {@code Statement}: remote operations (X.219) by reliable transfer (X.218).
 */
package org.osistack.application.bank;
