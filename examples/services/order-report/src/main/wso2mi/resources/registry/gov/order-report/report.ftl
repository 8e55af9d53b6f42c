Orders: ${payload.orders?size}
<#list payload.orders?sort_by("id") as order>
${order.id}  ${order.customer}  ${order.total} ${order.currency}
</#list>
