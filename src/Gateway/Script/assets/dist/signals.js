(()=>{var{globalPrivacyControl:o}=navigator;g.f=a=>o&&a.J;})();
