using System.Runtime.ExceptionServices;

namespace Cleat.Files;

/// <summary>Work that makes more work, done by a fixed number of threads until there is none left.</summary>
internal sealed class WorkQueue<T>
{
    private readonly Stack<T> waiting = new();
    private readonly Action<T, WorkQueue<T>> work;
    private readonly CancellationToken cancellation;
    private ExceptionDispatchInfo? failure;
    private int busy;

    private WorkQueue(Action<T, WorkQueue<T>> work, CancellationToken cancellation)
    {
        this.work = work;
        this.cancellation = cancellation;
    }

    /// <summary>Returns when all work is done. The first exception thrown by <paramref name="work"/> ends it and is thrown here.</summary>
    /// <param name="jobs">Number of threads, the caller's included.</param>
    /// <exception cref="OperationCanceledException">Cancelled; no work is going on any more.</exception>
    public static void Run(IEnumerable<T> first, int jobs, Action<T, WorkQueue<T>> work, CancellationToken cancellation)
    {
        WorkQueue<T> queue = new(work, cancellation);
        foreach (var item in first)
        {
            queue.waiting.Push(item);
        }

        var others = new Thread[Math.Max(jobs, 1) - 1];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(queue.Loop) { IsBackground = true, Name = "cleat walk" };
            others[i].Start();
        }

        queue.Loop();
        foreach (var thread in others)
        {
            thread.Join();
        }

        queue.failure?.Throw();
    }

    public void Add(T item)
    {
        lock (waiting)
        {
            waiting.Push(item);
            if (busy > 0)
            {
                Monitor.Pulse(waiting);
            }
        }
    }

    private void Loop()
    {
        while (TryTake(out var item))
        {
            ExceptionDispatchInfo? thrown = null;
            try
            {
                cancellation.ThrowIfCancellationRequested();
                work(item, this);
            }
#pragma warning disable CA1031 // not swallowed: it crosses to the caller's thread and is thrown there
            catch (Exception e)
#pragma warning restore CA1031
            {
                thrown = ExceptionDispatchInfo.Capture(e);
            }

            lock (waiting)
            {
                busy--;
                failure ??= thrown;
                if (failure is not null || (busy == 0 && waiting.Count == 0))
                {
                    Monitor.PulseAll(waiting);
                }
            }
        }
    }

    private bool TryTake(out T item)
    {
        lock (waiting)
        {
            while (failure is null && waiting.Count == 0 && busy > 0)
            {
                Monitor.Wait(waiting);
            }

            item = default!;
            if (failure is not null || waiting.Count == 0)
            {
                return false;
            }

            item = waiting.Pop();
            busy++;
            return true;
        }
    }
}
