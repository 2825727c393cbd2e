// For the parts that not every site's script has: they are called at the start, and after each decision.

const listeners = [];
announce = first => {
  for (const part of listeners) {
    try {
      part(first);
    } catch {
      // What is ours goes on.
    }
  }
};

// Whether all of a category may be used.
const permits = id => site.groups.some(group => group.id === id && runs(group) && !held(group));
