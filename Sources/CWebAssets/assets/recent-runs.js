// The runs of this page with their whole results, for as long as it is open; the history keeps less. No DOM here.

const limit = 20;

export class RecentRuns {
  // The newest stands last.
  #runs = [];

  // What Result.show takes, with the `id` of its record in the history.
  add(run) {
    this.#runs.push(run);
    if (this.#runs.length > limit) this.#runs.shift();
  }

  // The run of a record, which the service's list knows by its task only.
  find({ id, taskId }) {
    return this.#runs.find((run) => run.id === id || (taskId && run.taskId === taskId));
  }
}
