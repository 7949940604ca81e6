package org.osistack.application.bench;

import java.time.Duration;

/** What the system says about the processor time of a process; it counts in steps of some 10 ms. */
final class ProcessorTime {
    private ProcessorTime() {}

    /** All that the threads of this process have used, in the kernel and out of it, in nanoseconds; 0 if unknown. */
    static long ofThisProcess() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }
}
