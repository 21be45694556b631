// Applies the events of each case of `cases`, and returns the jobs whose state or facts are others than expected.
// Runs as the body of a function inside the page.
return import("/job-states.js").then(({ JobStates }) => cases.flatMap(({ name, nodes, workflows = {}, events, finish, jobs }) => {
  const findJob = (job) => {
    for (let known = job; known !== ""; known = known.slice(0, Math.max(0, known.lastIndexOf("[")))) {
      if (nodes.includes(known)) return known;
    }
    return undefined;
  };
  const states = new JobStates({ findJob, runs: (job, workflow) => workflows[job] === workflow });
  for (const node of nodes) states.note(node);
  for (const event of events) states.apply(event);
  if (finish) states.finish(finish);
  return Object.entries(jobs).flatMap(([job, expected]) => {
    const found = states.get(job);
    const isEqual = Object.entries(expected).every(([key, value]) => (found[key] ?? null) === value);
    return isEqual ? [] : [`${name}: ${job} is ${JSON.stringify(found)}`];
  });
}));
