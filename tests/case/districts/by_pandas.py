# SPDX-License-Identifier: GPL-3.0-or-later
"""The numbers of pilot.case, worked out from the tables of examples/pilot2004 with pandas 1.5.3 and NumPy 1.24.2, by
other ways than okrug's: joins and groups. Run it from the root of the sources; it prints the two tables."""
import numpy as np
import pandas as pd

FOLDER = 'examples/pilot2004/'
TEXT = {'firm': str, 'supplier': str, 'buyer': str, 'region': str, 'industry': str, 'product': str}


def read(name):
    return pd.read_csv(FOLDER + name, dtype=TEXT)


firms, accounts, contracts = read('firms.csv'), read('firm-accounts.csv'), read('contracts.csv')
machines, people = read('equipment.csv'), read('staff.csv')
asked = pd.read_csv(FOLDER + 'districts.csv', dtype=str)
place = firms.set_index('firm')['region']
firms = firms.merge(accounts[['firm', 'revenue', 'employees']].rename(columns={'employees': 'staff'}), on='firm', how='left')
firms['staff'] = firms['staff'].fillna(firms['employees'])
contracts = contracts[contracts['supplier'] != contracts['buyer']]


def gini(ratio):
    """Half the mean difference over the mean: the definition, by all pairs."""
    return np.abs(ratio[:, None] - ratio[None, :]).mean() / 2 / ratio.mean()


rows, links = [], []
shares = {}
for _, d in asked.iterrows():
    here = firms['region'].str.startswith(tuple(d['regions'].split()))
    same = firms['industry'].str.startswith(tuple(d['activities'].split()))
    own = firms[here & same]
    member = set(own['firm'])
    both = own.dropna(subset=['revenue', 'staff'])
    towns = pd.DataFrame({'x': own.groupby('region')['employees'].sum(), 'p': firms[here].groupby('region')['employees'].sum()}).fillna(0)
    towns = towns[towns['p'] > 0] / towns.sum()
    kinds = own.groupby('industry')['employees'].sum() / own['employees'].sum()
    shares[d['district']] = kinds
    bought = contracts[contracts['buyer'].isin(member)]
    inside = bought['supplier'].isin(member)
    known = bought['supplier'].map(place)
    near = known.fillna('').str.startswith(tuple(d['regions'].split()))
    total = bought['amount'].sum()
    pairs = set(zip(bought[inside]['supplier'], bought[inside]['buyer']))
    tools = machines[machines['firm'].isin(member)]
    users = tools.groupby('operation')['firm'].nunique()
    jobs = people[people['firm'].isin(member)]
    sizes = own['category'].value_counts()
    rows.append({
        'district': d['district'], 'firms': len(own), 'municipalities': own['region'].nunique(), 'employment': own['employees'].sum(),
        'employment_unknown': own['employees'].isna().sum(), 'revenue': own['revenue'].sum(), 'revenue_unknown': own['revenue'].isna().sum(),
        'productivity': both['revenue'].sum() / both['staff'].sum(), 'productivity_cover': len(both) / len(own),
        'mean_size': own['employees'].mean(), 'micro': sizes.get('micro', 0), 'small': sizes.get('small', 0),
        'lq_firms': (len(own) / here.sum()) / (same.sum() / len(firms)),
        'lq_employment': (own['employees'].sum() / firms[here]['employees'].sum()) / (firms[same]['employees'].sum() / firms['employees'].sum()),
        'gini': gini((towns['x'] / towns['p']).to_numpy()), 'herfindahl': (towns['x'] ** 2).sum(),
        'activity_count': own['industry'].nunique(), 'activity_herfindahl': (kinds ** 2).sum(),
        'purchases': total, 'purchase_contracts': len(bought), 'bought_inside': bought[inside]['amount'].sum() / total,
        'bought_in_region': bought[near]['amount'].sum() / total, 'bought_in_region_most': bought[near | known.isna()]['amount'].sum() / total,
        'density': len(pairs) / len(own) / (len(own) - 1), 'linked': len({firm for pair in pairs for firm in pair}) / len(own),
        'reciprocity': sum((b, a) in pairs for a, b in pairs) / len(pairs),
        'machines': len(tools), 'idle_hours': tools['idle_hours'].sum(), 'idle_share': tools['idle_hours'].sum() / tools['hours'].sum(),
        'operations_common': (users > 1).sum(), 'vacancies': jobs['vacancies'].sum() / (jobs['people'] + jobs['vacancies']).sum(),
        'plants': (own['precision'] == 'plant').sum(),
        'shared_address': own['address'].map(firms['address'].value_counts()).gt(1).sum(),
    })
    outside = bought[~inside].assign(product=bought['product'].str[:5])
    top = outside.groupby('product')['amount'].agg(['sum', 'count']).sort_values('sum', ascending=False).head(3)
    for rank, (product, one) in enumerate(top.iterrows(), 1):
        lines = outside[outside['product'] == product]
        links.append({'district': d['district'], 'product': product, 'rank': rank, 'amount': one['sum'], 'contracts': one['count'],
                      'buyers': lines['buyer'].nunique(), 'suppliers': lines['supplier'].nunique(),
                      'in_region': lines[near.loc[lines.index]]['amount'].sum() / one['sum']})

table = pd.DataFrame(rows)
profile = pd.DataFrame(shares).fillna(0)
distance = pd.DataFrame({a: {b: np.abs(profile[a] - profile[b]).sum() for b in profile if b != a} for a in profile})
table['nearest'] = [distance[name].idxmin() for name in table['district']]
table['distance'] = [distance[name].min() for name in table['district']]
for one in (table, pd.DataFrame(links)):
    print(one.to_csv(index=False, float_format='%.15g'))
